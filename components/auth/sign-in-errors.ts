// Owns the words for everything that can go wrong at sign-in: what happened, and what to do.

type SignInError = { title: string; text: string };

const ERRORS: Record<string, SignInError> = {
  unknown_person: {
    title: "There is no account here with that address",
    text: "Signing in through a provider works for people who are members already. Ask an owner to add you.",
  },
  unverified_email: {
    title: "The provider has not verified your address",
    text: "Verify your e-mail address there, then try again.",
  },
  other_account: {
    title: "You use another account of this provider here",
    text: "Sign in with that one, or with your password.",
  },
  disabled: { title: "This account is disabled", text: "Ask an owner of the workspace." },
  setup_closed: {
    title: "The set-up link is no longer valid",
    text: "Somebody has set this instance up, or the server printed a newer link.",
  },
  AccessDenied: {
    title: "The provider refused",
    text: "You did not allow it there, or may not use it for Signpost.",
  },
  Configuration: {
    title: "Signing in is not configured correctly",
    text: "The server's log says what is wrong.",
  },
};

const OTHER: SignInError = {
  title: "That did not work",
  text: "The provider's answer could not be used. Try again; the server's log says more.",
};

/** The message for a `?error` in the address; null without one. */
export function signInError(code: string | undefined): SignInError | null {
  if (code === undefined) return null;
  return ERRORS[code] ?? OTHER;
}

/** `4:05`, `59:00`, `1 h 40 min`. */
export function waitText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${Math.ceil((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
