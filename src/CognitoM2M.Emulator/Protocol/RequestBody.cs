using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Reads the body of a request, up to a limit.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 1024 * 1024;

    /// <returns>Null if the body is larger than <see cref="MaxBytes"/>.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return buffer.ToArray();
    }
}
