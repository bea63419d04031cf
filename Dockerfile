# syntax=docker/dockerfile:1
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without the devDependencies, so also without the Node that they contain: the image is Node 24.
# No package that is needed at run time has anything to do after it was unpacked.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24-slim AS portal
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --ignore-scripts && npm cache clean --force
COPY tsconfig.json ./
COPY tools ./tools
COPY portal ./portal
# What the portal shows of verifying is these very files.
COPY examples ./examples
RUN node tools/portal/build.mjs

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8071
# TLS to Temporal is made outside of Node, with the system's certificates.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY --from=portal /app/dist ./dist
COPY src ./src
COPY workflows ./workflows
COPY activities ./activities
USER node
EXPOSE 8071
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/health/ping/`).then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and gets SIGTERM, on which it drains. Its argument is the role.
ENTRYPOINT ["node", "src/main/posthorn.ts"]
CMD ["gateway"]
