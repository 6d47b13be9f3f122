"use client";
// Owns the command palette of the dashboard (Ctrl K or ⌘K): go to a page, find an endpoint, open anything by its id.

import { useQuery } from "@tanstack/react-query";
import { useCommandState } from "cmdk";
import { ArrowLeftRight, Hash, LogOut, Waypoints } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { toast } from "sonner";
import { CommandGroup, CommandItem, CommandPalette } from "@/components/ui/command";
import { Kbd } from "@/components/ui/kbd";
import { apiFetch, dashboardUrl } from "@/lib/client/api";
import { leavePage } from "@/lib/client/leave-guard";
import { errorText } from "@/lib/client/problem-error";
import { signOut } from "@/lib/client/session";
import { useViewer } from "@/lib/client/viewer-context";
import { environmentHref } from "./environment-switch";
import { NAV_ITEMS } from "./nav-items";

/** Where an id leads, by its prefix. */
const ID_TARGETS = [
  { prefix: "dlv_", label: "Open delivery", path: (id: string) => `/deliveries/${id}` },
  { prefix: "ep_", label: "Open endpoint", path: (id: string) => `/endpoints/${id}` },
  { prefix: "prof_", label: "Open profile", path: (id: string) => `/profiles/${id}` },
  { prefix: "evtype_", label: "Open event type", path: (id: string) => `/event-types/${id}` },
  { prefix: "evt_", label: "Open event", path: (id: string) => `/events/${id}` },
] as const;

type Go = (href: string) => void;

/** Opens whatever the typed id belongs to. */
function IdMatch({ go }: { go: Go }) {
  const search = useCommandState((state) => state.search).trim();
  const { href } = useViewer();
  const target = ID_TARGETS.find(({ prefix }) => search.startsWith(prefix) && search.length > prefix.length);
  if (!target || !/^[\w-]+$/.test(search)) return null;
  return (
    <CommandGroup heading="By id">
      <CommandItem value={search} onSelect={() => go(href(target.path(search)))}>
        <Hash />
        {target.label}
        <code className="truncate font-mono text-muted text-xs">{search}</code>
      </CommandItem>
    </CommandGroup>
  );
}

type EndpointChoice = { id: string; url: string; description: string };

/** The endpoints of this environment, found by URL, description or id. */
function EndpointMatches({ go }: { go: Go }) {
  const { place, href } = useViewer();
  const typed = useCommandState((state) => state.search).trim() !== "";
  const { data } = useQuery({
    queryKey: [place.workspace, place.environment, "endpoints", "palette"],
    queryFn: ({ signal }) =>
      apiFetch<{ data: EndpointChoice[] }>(dashboardUrl(place, "/endpoints", { limit: 100 }), { signal }),
    staleTime: 30_000,
  });
  if (!typed || !data || data.data.length === 0) return null;
  return (
    <CommandGroup heading="Endpoints">
      {data.data.map(({ id, url, description }) => (
        <CommandItem
          key={id}
          value={`${url} ${id}`}
          keywords={[description]}
          onSelect={() => go(href(`/endpoints/${id}`))}
        >
          <Waypoints />
          <span className="truncate font-mono text-xs">{url}</span>
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

interface CommandMenuProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function CommandMenu({ open, onOpenChange }: CommandMenuProps) {
  const router = useRouter();
  const pathname = usePathname();
  const { href, can, workspace, environment } = useViewer();
  const other = environment.kind === "live" ? "sandbox" : "live";

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return;
      event.preventDefault();
      onOpenChange(!open);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open, onOpenChange]);

  const go: Go = (target) => {
    onOpenChange(false);
    leavePage(() => router.push(target));
  };
  const leave = () => {
    onOpenChange(false);
    leavePage(() => {
      signOut().catch((error: unknown) => toast.error(errorText(error)));
    });
  };

  const pages = NAV_ITEMS.filter((item) => item.permission === undefined || can(item.permission));
  return (
    <CommandPalette
      open={open}
      onOpenChange={onOpenChange}
      label="Search and commands"
      placeholder="Go to a page, find an endpoint, paste an id…"
      empty="Nothing here matches. Ids start with dlv_, ep_, evt_, evtype_ or prof_."
    >
      <IdMatch go={go} />
      <CommandGroup heading="Go to">
        {pages.map((item) => (
          <CommandItem key={item.path} onSelect={() => go(href(item.path))}>
            <item.icon />
            {item.label}
          </CommandItem>
        ))}
      </CommandGroup>
      <EndpointMatches go={go} />
      <CommandGroup heading="Do">
        <CommandItem onSelect={() => go(environmentHref(workspace.slug, other, pathname))}>
          <ArrowLeftRight />
          Switch to {other}
        </CommandItem>
        <CommandItem onSelect={leave}>
          <LogOut />
          Sign out
        </CommandItem>
      </CommandGroup>
    </CommandPalette>
  );
}

/** The keys that open the palette, as a hint; Ctrl works everywhere, ⌘ on Apple's machines too. */
export function PaletteKeys() {
  return (
    <span className="flex gap-0.5" aria-hidden>
      <Kbd>Ctrl</Kbd>
      <Kbd>K</Kbd>
    </span>
  );
}
