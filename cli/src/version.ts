/** The version that reports and `--version` name. */
export const quarryVersion = '0.1.0';
