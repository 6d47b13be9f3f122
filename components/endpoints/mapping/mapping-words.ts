// Owns how the operations of a field mapping are called, and what the fields of each ask for.
import type { MappingOp } from "@/lib/client/endpoints/mapping-draft";

export const OP_WORDS: Record<MappingOp, { name: string; from: string; to: string }> = {
  rename: { name: "Rename", from: "Field", to: "New name" },
  copy: { name: "Copy", from: "Field", to: "Copy to" },
  split: { name: "Split", from: "Text field", to: "Part" },
  join: { name: "Join", from: "Field", to: "Into" },
  delete: { name: "Delete", from: "Field", to: "" },
  set: { name: "Set to a constant", from: "", to: "Field" },
  default: { name: "Set if missing", from: "", to: "Field" },
};
