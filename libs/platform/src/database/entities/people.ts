import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a member may do: a viewer reads, a quant also changes and runs, an admin also administers. */
export type Role = 'viewer' | 'quant' | 'admin';

@Entity('team')
export class TeamEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) examplesSeededAt!: Date | null;
}

@Entity('app_user')
export class UserEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') email!: string;
  @Column('text') name!: string;
  @Column('text') passwordHash!: string;
}

@Entity('membership')
export class MembershipEntity {
  @PrimaryColumn('uuid') teamId!: string;
  @PrimaryColumn('uuid') userId!: string;
  @Column('text') role!: Role;
}

/** A signed-in browser. Only the SHA-256 of its token is kept. */
@Entity('session')
export class SessionEntity {
  @PrimaryColumn('uuid', { generated: 'uuid' }) id!: string;
  @Column('uuid') teamId!: string;
  @Column('uuid') userId!: string;
  @Column('bytea') tokenHash!: Buffer;
  @Column('timestamptz') expiresAt!: Date;
}
