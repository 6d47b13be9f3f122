"use client";
// Owns transient messages (sonner). Import `toast` from "sonner" to send one; the Toaster is in the root layout.

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner } from "sonner";
import { Spinner } from "./spinner";

/** Where toasts appear: bottom right, on phones the whole bottom edge. Alt+T moves focus to them. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      // On phones above the buttons of a dialog, which sits at the bottom edge.
      mobileOffset={{ bottom: "5.5rem" }}
      closeButton
      gap={8}
      // Sonner sets its own font on the list; ours must win.
      className="font-sans!"
      icons={{
        success: <CircleCheck className="size-4 text-success" />,
        error: <CircleAlert className="size-4 text-danger" />,
        warning: <TriangleAlert className="size-4 text-warning" />,
        info: <Info className="size-4 text-progress" />,
        loading: <Spinner />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "group flex w-(--width) items-start gap-2.5 rounded-lg bg-raised py-3 pr-9 pl-3 text-ink text-sm shadow-overlay",
          content: "grid flex-1 gap-0.5",
          title: "font-medium",
          description: "text-muted text-xs",
          icon: "mt-0.5",
          actionButton:
            "shrink-0 rounded-sm px-2 py-0.5 font-medium text-accent-ink text-xs hover:bg-accent-soft",
          cancelButton: "shrink-0 rounded-sm px-2 py-0.5 text-muted text-xs hover:bg-hover",
          closeButton:
            "absolute top-2.5 right-2.5 grid size-5 place-items-center rounded-sm text-subtle hover:bg-hover",
        },
      }}
    />
  );
}
