// Processor time of this process: what a bound on work is held against, for a busy machine stretches the clock on the wall.

/** Milliseconds of processor time so far, threads included. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of processor time of this thread alone: the collector and the compiler of the machine beside it are not its work. */
export function ownCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
