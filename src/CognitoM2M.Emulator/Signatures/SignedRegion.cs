using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Signatures;

/// <summary>The region in the signature of a request, which says from which region's service the caller wants an answer.</summary>
internal static class SignedRegion
{
    /// <returns>Null if the request is not signed, or not for a region of this service.</returns>
    public static string? Find(IHeaderDictionary headers) =>
        SignatureHeader.Parse(headers.Authorization.ToString()) is { Service: SignatureCheck.Service, Region: var region } && AwsPartition.IsRegionCode(region)
            ? region
            : null;
}
