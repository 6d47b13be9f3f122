"use client";
// Owns tabs inside one view (request | response). Tabs that are addresses are LinkTabs.

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { tabListStyles, tabStyles } from "./tab-styles";

export const Tabs = Radix.Root;

/** The row of tabs; scrolls sideways when narrow. */
export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={cn(tabListStyles, className)} {...props} />;
}

/** One tab. */
export function TabsTrigger({ className, ...props }: ComponentProps<typeof Radix.Trigger>) {
  return <Radix.Trigger className={cn(tabStyles, className)} {...props} />;
}

/** What the tab shows. */
export function TabsContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn("outline-none", className)} {...props} />;
}
