"use client";
// Owns the subjects of an endpoint: the first ones, and the others a press away.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SubjectLink } from "./subject-link";

const SHOWN = 5;

export function SubjectList({ subjects }: { subjects: readonly string[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? subjects : subjects.slice(0, SHOWN);
  return (
    <ul className="grid gap-0.5">
      {shown.map((subject) => (
        <li key={subject} className="min-w-0 leading-5">
          <SubjectLink subject={subject} />
        </li>
      ))}
      {shown.length < subjects.length && (
        <li>
          <Button size="sm" variant="ghost" className="-ml-2" onClick={() => setWhole(true)}>
            Show all {subjects.length}
          </Button>
        </li>
      )}
    </ul>
  );
}
