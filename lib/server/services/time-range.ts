// Owns the check of `from` and `to` in list filters.
import { AppError } from "@/lib/domain/errors";

/** Both bounds as dates; a range that ends before it begins is an `invalid_request`, not an empty list. */
export function toTimeRange(query: { from?: string | undefined; to?: string | undefined }): {
  from?: Date;
  to?: Date;
} {
  const from = query.from === undefined ? undefined : new Date(query.from);
  const to = query.to === undefined ? undefined : new Date(query.to);
  if (from !== undefined && to !== undefined && from > to) {
    throw new AppError("invalid_request", "The time range ends before it begins.", {
      errors: [{ path: "to", message: "must not be before from" }],
    });
  }
  return { ...(from && { from }), ...(to && { to }) };
}
