import { AppError, isAppError } from '../errors.ts';
import { hideToken } from '../http/hideToken.ts';

/** A token that a service refused, and the claims (JSON) that it asked for. */
export interface RejectedToken {
  readonly token: string;
  readonly claims?: string;
}

/**
 * Does something with a token; when the service refuses the token, once more with another one, if there is. No error
 * repeats the token: others may be told of it who never had that token to look for.
 * @throws AppError what `attempt` throws; where there is no other token, with the reason for that behind it
 */
export async function withRenewal<T>(
  getToken: (rejected?: RejectedToken) => Promise<string>,
  attempt: (token: string) => Promise<T>,
): Promise<T> {
  const discreet = async (token: string): Promise<T> => {
    try {
      return await attempt(token);
    } catch (error) {
      throw isAppError(error) ? hideToken(error, token) : error;
    }
  };
  const token = await getToken();
  try {
    return await discreet(token);
  } catch (error) {
    if (!isAppError(error, 'notSignedIn')) throw error;
    const { claims, message, status } = error;
    const renewed = await getToken({ token, ...(claims === undefined ? {} : { claims }) }).catch((renewal: unknown) => {
      if (!isAppError(renewal, 'notSignedIn')) throw renewal;
      const options = { cause: error, ...(status === undefined ? {} : { status }) };
      throw new AppError('notSignedIn', `${message} ${renewal.message}`, options);
    });
    if (renewed === token) throw error;
    return discreet(renewed);
  }
}
