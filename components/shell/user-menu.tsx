"use client";
// Owns who is signed in: name, role, theme, and the ways out.

import { ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import type { Theme } from "@/components/theme/theme";
import { ThemeSwitch } from "@/components/theme/theme-switch";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { leavePage } from "@/lib/client/leave-guard";
import { errorText } from "@/lib/client/problem-error";
import { signOut } from "@/lib/client/session";
import { useViewer } from "@/lib/client/viewer-context";

export function UserMenu({ theme }: { theme: Theme }) {
  const { user, role, href } = useViewer();
  const [leaving, setLeaving] = useState(false);

  async function leave() {
    setLeaving(true);
    try {
      await signOut();
    } catch (error) {
      setLeaving(false);
      toast.error(errorText(error));
    }
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account of ${user.name}`}
        className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover data-[state=open]:bg-hover"
      >
        <Avatar name={user.name} className="size-7" />
        <span className="grid min-w-0 flex-1">
          <span className="truncate font-medium text-ink text-sm">{user.name}</span>
          <span className="truncate text-subtle text-xs capitalize">{role}</span>
        </span>
        <ChevronsUpDown className="size-4 shrink-0 text-subtle" aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="w-60">
        <p className="truncate px-2 pt-1.5 pb-1 text-muted text-xs">{user.email}</p>
        <DropdownMenuSeparator />
        <div className="flex items-center justify-between gap-3 px-2 py-1">
          <span className="text-sm">Theme</span>
          <ThemeSwitch initial={theme} />
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href={href("/account")}>
            <UserRound />
            Your account
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem
          disabled={leaving}
          onSelect={(event) => {
            event.preventDefault();
            leavePage(() => void leave());
          }}
        >
          <LogOut />
          {leaving ? "Signing out…" : "Sign out"}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
