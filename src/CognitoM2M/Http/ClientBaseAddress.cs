using CognitoM2M.Cache;
using Microsoft.Extensions.Http;

namespace CognitoM2M.Http;

/// <summary>If an HttpClient has no base address, sets it to the base address of the app client whose token the HttpClient carries.</summary>
internal sealed class ClientBaseAddress
{
    private readonly Func<AppClient> _findClient;

    private ClientBaseAddress(Func<AppClient> findClient) => _findClient = findClient;

    public static void Add(HttpClientFactoryOptions options, Func<AppClient> findClient) =>
        options.HttpClientActions.Add(new ClientBaseAddress(findClient).Set);

    /// <summary>Undoes <see cref="Add"/>, for an HttpClient that gets another token or none.</summary>
    public static void Remove(HttpClientFactoryOptions options)
    {
        foreach (var action in options.HttpClientActions.Where(action => action.Target is ClientBaseAddress).ToList())
            options.HttpClientActions.Remove(action);
    }

    private void Set(HttpClient http) => http.BaseAddress ??= _findClient().Current.Settings.BaseAddress;
}
