export interface ImageRecipe {
  /** NAME:TAG. */
  readonly name: string;
  /** Changes with everything that goes into it. */
  readonly hash: string;
  /** Folders or tar files, lowest first. */
  readonly layers: readonly string[];
  readonly options: readonly string[];
}
