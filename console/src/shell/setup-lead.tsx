import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { isSetupDue, useConnector } from '../session/connector';

let wasLed = false;

/**
 * Leads from the overview to the set-up: always while a side is missing, for then there is nothing to look over; after that
 * once, when somebody comes back who has not seen the first sync end.
 */
export function SetupLead() {
  const { data: connector } = useConnector();
  const [location, navigate] = useLocation();
  useEffect(() => {
    if (connector === undefined || location !== '/' || !isSetupDue(connector)) return;
    if (connector.state !== 'pending' && wasLed) return;
    wasLed = true;
    navigate('/setup', { replace: true });
  }, [connector, location, navigate]);
  return null;
}
