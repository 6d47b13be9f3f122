"use client";
// Owns "are you sure": says the consequence, can ask for a reason or a typed word, stays open while working
// and shows a failure in place. Focus starts at Cancel (radix alert dialog), so Enter never destroys.

import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Callout } from "./callout";
import { cn } from "./cn";
import { dialogPanelStyles } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";
import { veilStyles } from "./overlay-styles";
import { Textarea } from "./textarea";

interface ConfirmDialogProps {
  /** A question naming the thing: "Disable endpoint billing?" */
  title: ReactNode;
  /** What will happen, including to what is already under way. */
  description: ReactNode;
  /** The verb, never "OK": "Disable endpoint". */
  confirmLabel: string;
  cancelLabel?: string;
  destructive?: boolean;
  /** Asks why; `required` blocks the press until something is written. */
  reason?: { label: string; hint?: string; required?: boolean };
  /** The exact text a person must type first; for losses that cannot be undone. */
  typedWord?: string;
  /** More content between description and inputs. */
  children?: ReactNode;
  /** Runs the action; the dialog closes when it resolves, and shows the message when it rejects. */
  onConfirm: (reason: string) => Promise<void> | void;
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Confirms one consequential action. */
export function ConfirmDialog({ trigger, open, onOpenChange, ...body }: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = open ?? ownOpen;
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={veilStyles} />
        <Radix.Content className={cn(dialogPanelStyles, "sm:max-w-md")}>
          {/* Mounted per opening, so a typed reason never survives into the next one. */}
          <ConfirmBody {...body} onDone={() => setOpen(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmBodyProps extends Omit<ConfirmDialogProps, "trigger" | "open" | "onOpenChange"> {
  onDone: () => void;
}

function ConfirmBody({
  title,
  description,
  confirmLabel,
  cancelLabel = "Cancel",
  destructive,
  reason,
  typedWord,
  children,
  onConfirm,
  onDone,
}: ConfirmBodyProps) {
  const [why, setWhy] = useState("");
  const [typed, setTyped] = useState("");
  const [isWorking, setIsWorking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isReady = (!reason?.required || why.trim() !== "") && (!typedWord || typed === typedWord);

  async function run() {
    setIsWorking(true);
    setFailure(null);
    try {
      await onConfirm(why.trim());
      onDone();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "That did not work. Try again.");
    } finally {
      setIsWorking(false);
    }
  }

  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        // React hands it on to a form around the dialog, although the page's tree does not.
        event.stopPropagation();
        if (isReady && !isWorking) void run();
      }}
    >
      <div className="grid min-h-0 grid-cols-1 gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <div className="grid gap-1.5">
          <Radix.Title className="font-semibold text-ink text-lg">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="text-pretty text-muted text-sm">{description}</div>
          </Radix.Description>
        </div>
        {children}
        {reason && (
          <Field
            label={reason.label}
            hint={reason.hint}
            required={reason.required}
            optional={!reason.required}
          >
            <Textarea rows={2} value={why} onChange={(event) => setWhy(event.target.value)} />
          </Field>
        )}
        {typedWord && (
          <Field
            label={
              <>
                Type <code className="font-mono text-xs">{typedWord}</code> to confirm
              </>
            }
            required
          >
            <Input
              mono
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        )}
        {failure && <Callout tone="danger">{failure}</Callout>}
      </div>
      <footer className="flex shrink-0 items-center justify-end gap-2 border-t px-5 py-3 max-sm:pb-5">
        <Radix.Cancel asChild>
          <Button>{cancelLabel}</Button>
        </Radix.Cancel>
        <Button
          type="submit"
          variant={destructive ? "destructive" : "primary"}
          loading={isWorking}
          disabled={!isReady}
        >
          {confirmLabel}
        </Button>
      </footer>
    </form>
  );
}
