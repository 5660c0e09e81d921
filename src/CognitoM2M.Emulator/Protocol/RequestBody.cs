using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Reads the body of a request, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>The largest body that is handled: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The largest body that is read at all: 32 MiB. The rest of a body over <see cref="MaxBytes"/> is read and dropped. A client that is
    /// still sending when its connection closes often gets a connection error instead of the response.
    /// </summary>
    public const int MaxReadBytes = 32 * MaxBytes;

    /// <returns>Null if the body is larger than <see cref="MaxBytes"/>.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var isTooLarge = false;
            int count;
            while ((count = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
            {
                isTooLarge |= body.Length + count > MaxBytes;
                if (!isTooLarge)
                    body.Write(buffer, 0, count);
            }

            return isTooLarge ? null : body.ToArray();
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
