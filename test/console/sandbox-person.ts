import type { BrowserContext, Locator, Page } from 'playwright-core';

/** The title page of somebody who is not signed in, and the sandbox person there; ends where the service leads to. */
export async function signInAs(page: Page, url: string, person: string): Promise<void> {
  await page.goto(url);
  await page.locator(`a[href*="as=${person}"]`).click();
  await page.locator('button[value="allow"]').click();
}

/** A click that opens the window of a provider. */
export async function openWindow(context: BrowserContext, button: Locator): Promise<Page> {
  const [window] = await Promise.all([context.waitForEvent('page'), button.click()]);
  await window.locator('form[data-sandbox]').waitFor();
  return window;
}

/** At the page of an emulated provider: who one is, and whether one agrees. */
export async function decide(window: Page, person: string, decision: 'allow' | 'decline' = 'allow'): Promise<void> {
  await window.locator(`input[value="${person}"]`).check();
  await window.locator(`button[value="${decision}"]`).click();
}
