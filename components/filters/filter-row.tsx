// Owns the row of filters above a log: the search by id, then one button for each filter, in one line on phones.

import type { ComponentProps, ReactNode } from "react";
import { IdSearch } from "./id-search";

interface FilterRowProps extends Pick<ComponentProps<typeof IdSearch>, "label" | "placeholder" | "ref"> {
  /** The id that is searched for; null for none. */
  id: string | null;
  onIdChange: (id: string | null) => void;
  children: ReactNode;
}

export function FilterRow({ id, onIdChange, children, ...search }: FilterRowProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:w-full">
      <div className="w-full sm:w-56">
        <IdSearch {...search} value={id ?? ""} onChange={(text) => onIdChange(text === "" ? null : text)} />
      </div>
      <div className="scrollbar-thin -m-1 flex max-w-full gap-1.5 p-1 max-sm:overflow-x-auto max-sm:[scrollbar-width:none] sm:flex-wrap">
        {children}
      </div>
    </div>
  );
}
