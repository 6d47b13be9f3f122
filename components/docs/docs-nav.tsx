"use client";
// Owns the contents of the documentation: chapters and operations; marks the one in view.

import { useEffect, useState } from "react";
import { cn } from "@/components/ui/cn";

export type DocsNavGroup = { title: string; items: readonly { id: string; label: string }[] };

/** The id of the topmost section in view. */
function useCurrentId(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const key = ids.join(" ");
  useEffect(() => {
    const sections = key.split(" ").flatMap((id) => document.getElementById(id) ?? []);
    const visible = new Set<Element>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) visible.add(entry.target);
          else visible.delete(entry.target);
        }
        const first = sections.find((section) => visible.has(section));
        if (first) setCurrent(first.id);
      },
      { rootMargin: "-10% 0px -70% 0px" },
    );
    for (const section of sections) observer.observe(section);
    return () => observer.disconnect();
  }, [key]);
  return current;
}

export function DocsNav({ groups }: { groups: readonly DocsNavGroup[] }) {
  const current = useCurrentId(groups.flatMap((group) => group.items.map((item) => item.id)));
  return (
    <nav aria-label="Contents" className="grid gap-5">
      {groups.map((group) => (
        <div key={group.title} className="grid gap-1">
          <p className="px-2 font-medium text-2xs text-subtle">{group.title}</p>
          <ul className="grid gap-px">
            {group.items.map((item) => (
              <li key={item.id}>
                <a
                  href={`#${item.id}`}
                  aria-current={current === item.id ? "location" : undefined}
                  className={cn(
                    "block truncate rounded-sm px-2 py-1 text-muted text-sm transition-colors hover:bg-hover hover:text-ink",
                    "aria-[current=location]:bg-accent-soft aria-[current=location]:text-accent-ink",
                  )}
                >
                  {item.label}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
