"use client";
// Owns modal dialogs: focus trap, Escape, title for screen readers (radix). On phones it sits at the bottom edge.

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { veilStyles } from "./overlay-styles";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

export const dialogPanelStyles = [
  "fixed z-50 flex max-h-[92dvh] w-full flex-col bg-raised text-ink shadow-overlay outline-none",
  "inset-x-0 bottom-0 animate-sheet-bottom rounded-t-xl",
  "sm:inset-x-auto sm:top-[12vh] sm:bottom-auto sm:left-1/2 sm:max-h-[80vh] sm:-translate-x-1/2 sm:animate-fade-in sm:rounded-lg",
].join(" ");

const WIDTH = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-2xl" };

interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, "title"> {
  title: ReactNode;
  description?: ReactNode;
  width?: keyof typeof WIDTH;
}

/** The panel; its children are a DialogBody and usually a DialogFooter. */
export function DialogContent({
  title,
  description,
  width = "md",
  className,
  children,
  ...props
}: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={veilStyles} />
      <Radix.Content
        className={cn(dialogPanelStyles, WIDTH[width], className)}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...props}
      >
        <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
          <div className="grid gap-1">
            <Radix.Title className="font-semibold text-ink text-lg">{title}</Radix.Title>
            {description && (
              <Radix.Description className="text-pretty text-muted text-sm">{description}</Radix.Description>
            )}
          </div>
          <Radix.Close asChild>
            <IconButton label="Close" tooltip={false} size="sm" className="-mr-1.5">
              <X />
            </IconButton>
          </Radix.Close>
        </header>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** Scrolls when the content is taller than the screen. */
export function DialogBody({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      className={cn("grid min-h-0 grid-cols-1 gap-4 overflow-y-auto px-5 pt-1 pb-5", className)}
      {...props}
    />
  );
}

/** Buttons at the right, the main one last. */
export function DialogFooter({ className, ...props }: ComponentProps<"footer">) {
  return (
    <footer
      className={cn("flex shrink-0 items-center justify-end gap-2 border-t px-5 py-3 max-sm:pb-5", className)}
      {...props}
    />
  );
}
