import { Stack } from '@mantine/core';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useMemo } from 'react';
import { useFormats } from '../../../language/formats';
import { useTexts } from '../../../language/language-context';
import classes from '../overview.module.css';
import { LineLegend, LINE_DASHES } from './line-legend';
import { chartPoints, isAlone, type Sample } from './chart-points';
import { PointWords } from './point-words';
import { SHOWN_STATUSES, STATUS_TONES } from './statuses';
import { timeTicks } from './time-ticks';
import { useTickFormat } from './use-tick-format';
import { USER_TEXTS } from './user-texts';

interface StatusLinesProps {
  samples: readonly Sample[];
  stepSeconds: number;
  hours: number;
  /** Where the axis ends, in milliseconds. */
  now: number;
}

const TICK = { fill: 'var(--mantine-color-text)', fontSize: 12 };

/** A line per status. Where nobody has counted there is none: a gap is not a zero. */
export default function StatusLines({ samples, stepSeconds, hours, now }: StatusLinesProps) {
  const texts = useTexts(USER_TEXTS);
  const { date, number } = useFormats();
  const points = useMemo(() => chartPoints(samples, stepSeconds), [samples, stepSeconds]);
  const ticks = useMemo(() => timeTicks(now, hours), [now, hours]);
  const { from, to } = ticks;
  const format = useTickFormat(hours);
  return (
    <Stack gap="xs">
      <div
        className={classes['drawing']}
        role="img"
        aria-label={texts.chart(date(new Date(from).toISOString()), date(new Date(to).toISOString()))}
      >
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={points} margin={{ top: 8, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid stroke="var(--mantine-color-default-border)" vertical={false} />
            <XAxis
              dataKey="time"
              type="number"
              scale="time"
              domain={[from, to]}
              ticks={ticks.at}
              tickFormatter={format}
              tick={TICK}
              minTickGap={16}
              stroke="var(--mantine-color-dimmed)"
            />
            <YAxis
              allowDecimals={false}
              domain={[0, 'auto']}
              tick={TICK}
              tickFormatter={number}
              width="auto"
              stroke="var(--mantine-color-dimmed)"
            />
            <Tooltip content={<PointWords />} isAnimationActive={false} />
            {SHOWN_STATUSES.map((status) => (
              <Line
                key={status}
                dataKey={status}
                className={classes[STATUS_TONES[status]] ?? ''}
                stroke="var(--tone)"
                strokeWidth={2}
                strokeDasharray={LINE_DASHES[status]}
                isAnimationActive={false}
                connectNulls={false}
                dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) =>
                  index !== undefined && cy !== undefined && isAlone(points, index) ? (
                    <circle key={index} cx={cx} cy={cy} r={3} fill="var(--tone)" />
                  ) : (
                    <g key={index} />
                  )
                }
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <LineLegend />
    </Stack>
  );
}
