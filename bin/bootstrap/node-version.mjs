// Says in one line that Node is too old, before any newer syntax is loaded.

const NEEDED = [20, 19];

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const enough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  if (enough) return;
  console.error(`Signpost needs Node ${NEEDED.join(".")} or newer; this is ${process.versions.node}.`);
  process.exit(2);
}
