export { migrate } from './migrate.js';
export { roleUrl, type RolePasswords } from './roles.js';
export { resetPassword, seed, type SeededCredentials } from './seed.js';
export { hashPassword, verifyPassword } from './password.js';
