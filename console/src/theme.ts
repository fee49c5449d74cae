import { createTheme, type CSSVariablesResolver } from '@mantine/core';

/** Wide enough that every shade of a filled button has 4.5:1 against its text, in both schemes. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Quiet texts and errors in small type need 4.5:1 as well (WCAG 1.4.3); Mantine's own have 3.3:1 to 4.1:1. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    // Where the mouse is on the page that one is at.
    '--mantine-color-blue-light-hover':
      'color-mix(in srgb, var(--mantine-color-blue-2) 25%, var(--mantine-color-blue-1))',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
  },
});
