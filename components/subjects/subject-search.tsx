"use client";
// Owns the way to one subject: its exact name, as the producer writes it.

import { Search } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

interface SubjectSearchProps {
  onSearch: (subject: string) => void;
}

export function SubjectSearch({ onSearch }: SubjectSearchProps) {
  const [text, setText] = useState("");
  return (
    <form
      className="flex max-w-xl gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") onSearch(text.trim());
      }}
    >
      <div className="min-w-0 flex-1">
        <Input
          mono
          type="search"
          aria-label="Subject"
          placeholder="The exact subject: a wallet, a reference, an order"
          leading={<Search />}
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          maxLength={256}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Button type="submit">Open subject</Button>
    </form>
  );
}
