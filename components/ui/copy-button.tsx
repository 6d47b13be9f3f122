"use client";
// Owns copying text: icon or labelled button, "Copied" both shown and announced, a failure too.

import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { VisuallyHidden } from "./visually-hidden";

const SHOWN_FOR_MS = 2000;

interface CopyButtonProps {
  /** What lands on the clipboard. */
  value: string;
  /** What is copied, in words: "Copy endpoint id". */
  label: string;
  /** Shows the text beside the icon; without it, icon only. */
  children?: ReactNode;
  size?: "sm" | "md";
  variant?: "ghost" | "secondary";
  className?: string;
}

/** Copies `value`. */
export function CopyButton({
  value,
  label,
  children,
  size = "sm",
  variant = "ghost",
  className,
}: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = () => {
    // Absent on plain http: a self-hosted instance may well be reached that way.
    if (!navigator.clipboard) return setState("failed");
    navigator.clipboard.writeText(value).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };

  const icon = state === "copied" ? <Check className="text-success" /> : <Copy />;
  const spoken = { idle: "", copied: "Copied", failed: "Could not copy; select the text instead" }[state];
  return (
    <>
      {children ? (
        <Button size={size} variant={variant} icon={icon} onClick={copy} className={className}>
          {state === "failed" ? "Select and copy by hand" : children}
        </Button>
      ) : (
        <IconButton
          label={spoken || label}
          size={size}
          variant={variant}
          onClick={copy}
          className={cn("[&_svg:not([class*=size-])]:size-3.5", className)}
        >
          {icon}
        </IconButton>
      )}
      <VisuallyHidden role="status">{spoken}</VisuallyHidden>
    </>
  );
}
