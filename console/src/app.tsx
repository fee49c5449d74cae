import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { queryClient } from './api/query-client';
import { LanguageProvider } from './language/language-context';
import { Arrived } from './pages/arrived/arrived';
import { Overview } from './pages/overview/overview';
import { SignIn } from './pages/sign-in/sign-in';
import { IfBroken } from './shell/if-broken';
import { NotFound } from './shell/not-found';
import { Shell } from './shell/shell';
import { SignedIn } from './shell/signed-in';
import { useHashPlace } from './shell/use-hash-place';
import { Waiting } from './shell/waiting';
import { readableColours, theme } from './theme';

// What the first look does not need is loaded when somebody goes there.
const Users = lazy(() => import('./pages/users/users'));
const Add = lazy(() => import('./pages/add/add'));
const Settings = lazy(() => import('./pages/settings/settings'));
const Audit = lazy(() => import('./pages/audit/audit'));
const Setup = lazy(() => import('./pages/setup/setup'));

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={readableColours} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <LanguageProvider>
          <IfBroken>
            <Notifications position="top-right" />
            <Router hook={useHashPlace}>
              <Switch>
                <Route path="/arrived" component={Arrived} />
                <Route>
                  <SignedIn otherwise={<SignIn />}>
                    <Shell>
                      <Suspense fallback={<Waiting />}>
                        <Switch>
                          <Route path="/" component={Overview} />
                          <Route path="/users/:user?" component={Users} />
                          <Route path="/add" component={Add} />
                          <Route path="/settings" component={Settings} />
                          <Route path="/audit" component={Audit} />
                          <Route path="/setup/:step?" component={Setup} />
                          <Route component={NotFound} />
                        </Switch>
                      </Suspense>
                    </Shell>
                  </SignedIn>
                </Route>
              </Switch>
            </Router>
          </IfBroken>
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
