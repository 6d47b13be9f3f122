"use client";
// Owns what can be done with an endpoint from the list.

import { Ellipsis, KeyRound, Pause, Play, ScrollText, Send, Settings2, Trash2 } from "lucide-react";
import Link from "next/link";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { EndpointDecision } from "../endpoint-dialogs";

interface RowActionsProps {
  endpoint: EndpointDto;
  onDecide: (endpoint: EndpointDto, decision: EndpointDecision) => void;
  onTest: (endpoint: EndpointDto) => void;
}

export function RowActions({ endpoint, onDecide, onTest }: RowActionsProps) {
  const { href, can } = useViewer();
  const page = href(`/endpoints/${endpoint.id}`);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton label="More actions" size="sm" tooltip={false}>
          <Ellipsis />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem asChild>
          <Link href={`${page}/deliveries`}>
            <ScrollText /> Deliveries
          </Link>
        </DropdownMenuItem>
        {can("endpoints:write") && (
          <>
            <DropdownMenuItem onSelect={() => onTest(endpoint)}>
              <Send /> Send test event
            </DropdownMenuItem>
            <DropdownMenuItem asChild>
              <Link href={`${page}/settings`}>
                <Settings2 /> Settings
              </Link>
            </DropdownMenuItem>
            <DropdownMenuItem asChild>
              <Link href={`${page}/secret`}>
                <KeyRound /> Secret
              </Link>
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            {endpoint.state === "active" ? (
              <DropdownMenuItem onSelect={() => onDecide(endpoint, "pause")}>
                <Pause /> Pause
              </DropdownMenuItem>
            ) : (
              <DropdownMenuItem onSelect={() => onDecide(endpoint, "enable")}>
                <Play /> Enable
              </DropdownMenuItem>
            )}
            <DropdownMenuItem destructive onSelect={() => onDecide(endpoint, "delete")}>
              <Trash2 /> Delete
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
