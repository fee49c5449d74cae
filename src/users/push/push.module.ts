import { Module } from '@nestjs/common';
import { ZoomModule } from '../../zoom/zoom.module';
import { UsersModule } from '../users.module';
import { PushCalls } from './push-calls';
import { PushController } from './push.controller';
import { PushRelay } from './push-relay';
import { PushSender } from './push-sender';
import { PushTokensController } from './push-tokens.controller';
import { PushTokens } from './push-tokens.service';
import { ZoomPushSender } from './zoom-push.sender';

/** The relay between the SBCs of a customer and whoever delivers pushes to apps. Another sender takes its place here. */
@Module({
  imports: [UsersModule, ZoomModule],
  controllers: [PushController, PushTokensController],
  providers: [PushCalls, PushRelay, PushTokens, { provide: PushSender, useClass: ZoomPushSender }],
})
export class PushModule {}
