/** How an image is packed. */
export interface ImageRecipe {
  /** NAME:TAG. */
  readonly name: string;
  /** Changes with everything that goes into it. */
  readonly hash: string;
  /** Folders or tar files, lowest first. */
  readonly layers: readonly string[];
  /** Options of `cluster image`. */
  readonly options: readonly string[];
}
