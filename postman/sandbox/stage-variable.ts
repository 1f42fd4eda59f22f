/** The variable of an environment that says what kind of server its stage is. Default: `server`. */
export const STAGE_VARIABLE: string = 'rehearsal.stage';
