import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database';
import { AppError } from '../../platform/errors/app-error';
import { readChangeCursor, writeChangeCursor, type FeedPlace } from './change-cursor';
import { ChangeFeedRepository, type Feed, type FeedEntry } from './change-feed.repository';
import { unionOf } from './change-kinds';
import type { ChangeDto, ChangeListDto, ListChangesQuery } from './changes.dto';

/** Asks for a cursor only: what follows from here on. */
const NOW = 'now';

@Injectable()
export class ChangeFeedService {
  constructor(
    private readonly database: Database,
    private readonly feeds: ChangeFeedRepository,
  ) {}

  /** @throws AppError `invalid_request` for a cursor that is none of this connector, `cursor_too_old` */
  async list(connectorId: string, { cursor, limit }: ListChangesQuery): Promise<ChangeListDto> {
    if ((await this.feeds.find(connectorId, this.database)) === undefined) {
      await this.feeds.open(connectorId, this.database);
    }
    return this.database.transaction(async (transaction) => {
      // One picture of the feed and its entries: a purge in between must not look like silence.
      await transaction.query('set transaction isolation level repeatable read, read only');
      const feed = await this.feeds.find(connectorId, transaction);
      if (feed === undefined) throw new Error('a change feed vanished');
      const place = placeOf(feed, cursor);
      if (place.from < feed.purgedTo || place.to > feed.lastPosition) throw cursorTooOld();
      const found = await this.feeds.page(connectorId, place, limit + 1, transaction);
      return toPage(feed, place, found, limit);
    });
  }
}

function placeOf({ cursorKey, lastPosition, purgedTo }: Feed, cursor: string | undefined): FeedPlace {
  if (cursor === NOW) return { from: lastPosition, to: lastPosition, position: lastPosition };
  if (cursor === undefined) return { from: purgedTo, to: lastPosition, position: purgedTo };
  const place = readChangeCursor(cursorKey, cursor);
  // A round that was told to its end is followed by the next one.
  return place.position < place.to
    ? place
    : { from: place.to, to: Math.max(place.to, lastPosition), position: place.to };
}

/** `found` holds one more than `limit` when the round goes on. */
function toPage({ cursorKey, lastPosition }: Feed, place: FeedPlace, found: FeedEntry[], limit: number): ChangeListDto {
  const shown = found.slice(0, limit);
  const isWhole = found.length <= limit;
  const next = isWhole
    ? { from: place.to, to: place.to, position: place.to }
    : { ...place, position: shown.at(-1)?.position ?? place.position };
  return {
    items: shown.map(toDto),
    nextCursor: writeChangeCursor(cursorKey, next),
    more: !isWhole || place.to < lastPosition,
  };
}

const toDto = ({ zoomUserId, email, kinds, at }: FeedEntry): ChangeDto => ({
  userId: zoomUserId,
  email,
  changed: unionOf(kinds),
  at: at.toISOString(),
});

const cursorTooOld = (): AppError =>
  new AppError(
    'cursor_too_old',
    'What followed this cursor is not kept any more. Ask for changes with cursor=now, read the full list of users, then go on from the nextCursor of that answer.',
  );
