"use client";
// Owns the name of the workspace; a menu as soon as there is more than one to choose from.

import { ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useViewer } from "@/lib/client/viewer-context";

export type WorkspaceChoice = { slug: string; name: string };

export function WorkspaceLabel({ choices }: { choices: readonly WorkspaceChoice[] }) {
  const { workspace, environment } = useViewer();
  if (choices.length < 2) {
    return (
      <p className="truncate px-1 font-medium text-ink text-sm" title={workspace.name}>
        {workspace.name}
      </p>
    );
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          className="w-full justify-between px-2 text-ink"
          aria-label={`Workspace ${workspace.name}`}
        >
          <span className="truncate">{workspace.name}</span>
          <ChevronsUpDown className="text-subtle" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-52">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        {choices.map((choice) => (
          <DropdownMenuItem key={choice.slug} asChild>
            <Link href={`/${choice.slug}/${environment.kind}`}>{choice.name}</Link>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
