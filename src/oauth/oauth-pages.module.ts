import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { InteractionController } from './interaction/interaction.controller';
import { SignIns } from './interaction/sign-ins.service';
import { LinkConfirmation } from './link-confirmation';
import { OAuthController } from './oauth.controller';
import { OAuthModule } from './oauth.module';

/** What browsers see of OAuth: an admin's way through the providers, and through us. Apart from the grants, which the command line uses without a server. */
@Module({
  imports: [AccessModule, OAuthModule],
  controllers: [OAuthController, InteractionController],
  providers: [LinkConfirmation, SignIns],
})
export class OAuthPagesModule {}
