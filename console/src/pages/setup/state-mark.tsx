import type { ReactNode } from 'react';
import classes from './state-mark.module.css';

const GLYPHS = { good: '✓', warning: '!', bad: '✕', look: 'i', open: '…' } as const;

/** A state in a word, with a sign before it: colour alone tells nobody anything. */
export function StateMark({ kind, children }: { kind: keyof typeof GLYPHS; children: ReactNode }) {
  return (
    <span className={classes['mark']}>
      <span className={classes['sign']} data-kind={kind} aria-hidden>
        {GLYPHS[kind]}
      </span>
      {children}
    </span>
  );
}
