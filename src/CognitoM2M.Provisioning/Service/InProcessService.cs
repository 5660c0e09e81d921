using System.Text;
using System.Text.Json;

namespace CognitoM2M.Provisioning.Service;

/// <summary>Calls the operations of an emulator in the same process.</summary>
/// <param name="call">Runs an operation. Gets the name and the input. Returns the output, or the error in the JSON form of the API.</param>
internal sealed class InProcessService(Func<string, JsonElement, CancellationToken, Task<JsonElement>> call) : IUserPoolService
{
    public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        var answer = await call(operation.Name, JsonElement.Parse(operation.WriteInput(request)), cancellationToken).ConfigureAwait(false);
        if (answer.TryGetProperty("__type", out var error))
        {
            throw ServiceRefusal.CreateException(
                operation, error.GetString(), answer.TryGetProperty("message", out var message) ? message.GetString() : null);
        }

        using var body = new MemoryStream(Encoding.UTF8.GetBytes(answer.GetRawText()));
        return operation.ReadOutput(body);
    }
}
