"use client";
// Gallery: everything that floats.

import { Ban, MoreHorizontal, Pause, RotateCw, Send } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { CommandGroup, CommandItem, CommandPalette } from "@/components/ui/command";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { Tooltip } from "@/components/ui/tooltip";
import { Section, Specimen } from "./section";

export function OverlaysSection() {
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  return (
    <Section title="Overlays">
      <Specimen label="Open them">
        <Dialog>
          <DialogTrigger asChild>
            <Button>Dialog</Button>
          </DialogTrigger>
          <DialogContent title="Invite a member" description="They get a link that works once, for 7 days.">
            <DialogBody>
              <Field label="E-mail" required>
                <Input type="email" placeholder="ada@acme.example" />
              </Field>
            </DialogBody>
            <DialogFooter>
              <Button>Cancel</Button>
              <Button variant="primary">Send invitation</Button>
            </DialogFooter>
          </DialogContent>
        </Dialog>
        <ConfirmDialog
          trigger={<Button>Confirm</Button>}
          destructive
          title="Disable billing.acme.example?"
          description="New deliveries will be held, 12 pending ones stop. You can enable it again at any time."
          confirmLabel="Disable endpoint"
          reason={{ label: "Reason", hint: "Shown in the activity of this endpoint." }}
          typedWord="billing"
          onConfirm={() => {
            toast.success("Endpoint disabled", { description: "12 deliveries are held." });
          }}
        />
        <Sheet>
          <SheetTrigger asChild>
            <Button>Sheet</Button>
          </SheetTrigger>
          <SheetContent title="Attempt 3">
            <p className="p-4 text-sm">The receiver answered 503 after 408 ms.</p>
          </SheetContent>
        </Sheet>
        <Popover>
          <PopoverTrigger asChild>
            <Button>Popover</Button>
          </PopoverTrigger>
          <PopoverContent aria-label="Filter by subject">
            <Field label="Subject">
              <Input placeholder="wallet_81" />
            </Field>
          </PopoverContent>
        </Popover>
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <IconButton label="More actions" variant="secondary">
              <MoreHorizontal />
            </IconButton>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem>
              <Send /> Send a test
            </DropdownMenuItem>
            <DropdownMenuItem>
              <Pause /> Pause
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem destructive>
              <Ban /> Disable
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
        <Tooltip content="Delivered 40 of 412 per second">
          <Button>Tooltip</Button>
        </Tooltip>
        <Button onClick={() => setPaletteOpen(true)}>Palette</Button>
        <Button
          onClick={() => {
            toast.success("Delivery replayed", { description: "dlv_8f2k is on its way." });
            toast.error("Could not copy", { action: { label: "Retry", onClick: () => undefined } });
          }}
        >
          Toast
        </Button>
      </Specimen>
      <CommandPalette open={isPaletteOpen} onOpenChange={setPaletteOpen} label="Commands">
        <CommandGroup heading="Actions">
          <CommandItem trailing={<Kbd>T</Kbd>}>
            <Send /> Send a test event
          </CommandItem>
          <CommandItem>
            <RotateCw /> Replay failed deliveries
          </CommandItem>
        </CommandGroup>
        <CommandGroup heading="Endpoints">
          <CommandItem trailing="Failing">billing.acme.example</CommandItem>
          <CommandItem>warehouse.acme.example</CommandItem>
        </CommandGroup>
      </CommandPalette>
    </Section>
  );
}
