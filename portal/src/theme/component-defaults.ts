import {
  Alert,
  Anchor,
  Button,
  Card,
  Container,
  Input,
  Menu,
  Modal,
  Table,
  Tooltip,
  type MantineThemeComponents,
} from "@mantine/core";

/** Alerts look like the states that they are about. */
const TONES: Readonly<Record<string, string>> = { red: "fail", yellow: "wait", teal: "success" };

/** What every use of a component has in common stands here, once. */
export const componentDefaults: MantineThemeComponents = {
  Alert: Alert.extend({
    vars: (_theme, { color }) => {
      const tone = TONES[color ?? ""] ?? "quiet";
      return {
        root: { "--alert-bg": `var(--ph-${tone}-fill)`, "--alert-color": `var(--ph-${tone}-text)` },
      };
    },
  }),
  Anchor: Anchor.extend({ defaultProps: { underline: "hover" } }),
  Button: Button.extend({ defaultProps: { size: "sm" } }),
  Card: Card.extend({ defaultProps: { withBorder: true, padding: "lg", radius: "lg" } }),
  Container: Container.extend({ defaultProps: { size: 1120 } }),
  Input: Input.extend({ defaultProps: { size: "sm" } }),
  Menu: Menu.extend({
    defaultProps: {
      position: "bottom-end",
      shadow: "md",
      width: 220,
      // It would be a child of the menu that is no item.
      withInitialFocusPlaceholder: false,
    },
  }),
  Modal: Modal.extend({
    defaultProps: { centered: true, radius: "lg", closeButtonProps: { "aria-label": "Close" } },
    styles: { title: { fontWeight: 620 } },
  }),
  Table: Table.extend({ defaultProps: { verticalSpacing: "sm", horizontalSpacing: "md" } }),
  Tooltip: Tooltip.extend({
    defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: true } },
  }),
};
