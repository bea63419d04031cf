import { apiKeyRoutes } from "../pages/api-keys/routes.ts";
import { applicationRoutes } from "../pages/applications/routes.ts";
import { catalogueEditorRoutes } from "../pages/catalogue-editor/routes.ts";
import { healthRoutes } from "../pages/health/routes.ts";
import { settingsRoutes } from "../pages/settings/routes.ts";
import { taskRoutes } from "../pages/tasks/routes.ts";
import { consoleIndexRoute } from "./roots.ts";

/** What there is below /console. */
export const consoleRoutes = [
  consoleIndexRoute,
  ...applicationRoutes,
  ...healthRoutes,
  ...catalogueEditorRoutes,
  ...taskRoutes,
  ...apiKeyRoutes,
  ...settingsRoutes,
] as const;
