/** The screens that come when they are wanted. */
import type { Component } from "svelte";

export const SCREENS: Record<string, () => Promise<{ default: Component }>> = {
  journal: () => import("../screens/Journal.svelte"),
  entry: () => import("../screens/Entry.svelte"),
  trends: () => import("../screens/Trends.svelte"),
  add: () => import("../screens/Add.svelte"),
  settings: () => import("../screens/Settings.svelte"),
};
