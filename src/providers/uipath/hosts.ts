/** Service roots by cloud: UiPath Automation Cloud and Automation Cloud Public Sector. */
export const endpoints: Readonly<Record<string, string>> = {
  public: 'https://cloud.uipath.com',
  usGov: 'https://govcloud.uipath.us',
};

/** The clouds, their previews, and Automation Cloud Dedicated; installations of one's own are asked about. */
export const hosts: readonly string[] = [
  'cloud.uipath.com',
  'staging.uipath.com',
  'alpha.uipath.com',
  'govcloud.uipath.us',
  '*.dedicated.uipath.com',
];
