// Runs in the browser before anything else. Zod would try `new Function` once to see whether it may compile its
// validators; our Content-Security-Policy refuses that, and the refusal would be reported as a violation.
// And whoever guards a page against leaving has to hear of the back button before the router does.
import { config } from "zod";
import { listenBeforeRouter } from "@/lib/client/back-button";

config({ jitless: true });
listenBeforeRouter();
