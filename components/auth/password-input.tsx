"use client";
// Owns a password field that can be read while typing: long passphrases are typed wrong blindly.

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

type PasswordInputProps = Omit<ComponentProps<typeof Input>, "type" | "trailing" | "leading"> & {
  /** What is typed, for the button that shows it. */
  noun?: string;
};

export function PasswordInput({ noun = "password", ...props }: PasswordInputProps) {
  const [visible, setVisible] = useState(false);
  return (
    <Input
      {...props}
      type={visible ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      trailing={
        <IconButton
          size="sm"
          label={`${visible ? "Hide" : "Show"} ${noun}`}
          tooltip={false}
          onClick={() => setVisible(!visible)}
        >
          {visible ? <EyeOff /> : <Eye />}
        </IconButton>
      }
    />
  );
}
