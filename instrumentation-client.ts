// Runs in the browser before anything else. Zod would try `new Function` once to see whether it may compile its
// validators; our Content-Security-Policy refuses that, and the refusal would be reported as a violation.
import { config } from "zod";

config({ jitless: true });
