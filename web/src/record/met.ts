/** Whether somebody recorded with this browser before, or knows their way. */
const KEY = "met";

export const met = (): boolean => localStorage.getItem(KEY) !== null;
export const meet = (): void => localStorage.setItem(KEY, "yes");
