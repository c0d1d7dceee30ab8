import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { ZodType } from 'zod';

/** What a route takes and answers, in contracts. The API's description is made of these. */
export interface RouteDescription {
  readonly summary: string;
  readonly status?: number;
  readonly body?: ZodType;
  readonly query?: ZodType;
  readonly headers?: Readonly<Record<string, string>>;
  /** A contract, or the media type of an answer that is not JSON; left out where the answer is empty. */
  readonly returns?: ZodType | string;
}

export const routeDescription = 'quarry:route';

export function Describe(description: RouteDescription): CustomDecorator {
  return SetMetadata(routeDescription, description);
}
