import { addMember } from './addMember.ts';
import { addTenant } from './addTenant.ts';
import { allowChanges } from './allowChanges.ts';
import { applyAccessFile } from './applyAccessFile.ts';
import { cancelLoad } from './cancelLoad.ts';
import { changeAccessRight } from './changeAccessRight.ts';
import { chooseAccess } from './chooseAccess.ts';
import { clearAccess } from './clearAccess.ts';
import { clearFilter } from './clearFilter.ts';
import type { Command } from './command.ts';
import { compareAccess } from './compareAccess.ts';
import { compareSnapshots } from './compareSnapshots.ts';
import { copyAccess } from './copyAccess.ts';
import { copyAccessAsJson } from './copyAccessAsJson.ts';
import { copyAsJson } from './copyAsJson.ts';
import { copyEmail } from './copyEmail.ts';
import { copyId } from './copyId.ts';
import { copyName } from './copyName.ts';
import { copyToGroup } from './copyToGroup.ts';
import { createGroup } from './createGroup.ts';
import { deleteGroup } from './deleteGroup.ts';
import { deleteLoadedData } from './deleteLoadedData.ts';
import { deleteSnapshots } from './deleteSnapshots.ts';
import { editTenant } from './editTenant.ts';
import { exportAccess } from './exportAccess.ts';
import { exportFindings } from './exportFindings.ts';
import { exportShownAccess } from './exportShownAccess.ts';
import { filterGroups } from './filterGroups.ts';
import { filterMembers } from './filterMembers.ts';
import { find } from './find.ts';
import { giveSameAccess } from './giveSameAccess.ts';
import { ignoreFinding } from './ignoreFinding.ts';
import { loadAll } from './loadAll.ts';
import { loadMore } from './loadMore.ts';
import { loadMoreFindings } from './loadMoreFindings.ts';
import { makeReadOnly } from './makeReadOnly.ts';
import { newAccessFile } from './newAccessFile.ts';
import { openInPortal } from './openInPortal.ts';
import { openReport } from './openReport.ts';
import { openSampleTenants } from './openSampleTenants.ts';
import { pinGroup } from './pinGroup.ts';
import { previewAccessFile } from './previewAccessFile.ts';
import { refresh } from './refresh.ts';
import { refreshFindings } from './refreshFindings.ts';
import { refreshUserPermissions } from './refreshUserPermissions.ts';
import { removeEverywhere } from './removeEverywhere.ts';
import { removeMember } from './removeMember.ts';
import { removeSampleTenants } from './removeSampleTenants.ts';
import { removeTenant } from './removeTenant.ts';
import { renameGroup } from './renameGroup.ts';
import { restoreGroup } from './restoreGroup.ts';
import { resumeChanges } from './resumeChanges.ts';
import { retry } from './retry.ts';
import { showAccess } from './showAccess.ts';
import { showAll } from './showAll.ts';
import { showChangeLog } from './showChangeLog.ts';
import { showDetails } from './showDetails.ts';
import { showInTenants } from './showInTenants.ts';
import { showLog } from './showLog.ts';
import { signIn } from './signIn.ts';
import { signOut } from './signOut.ts';
import { takeSnapshot } from './takeSnapshot.ts';
import { undoChanges } from './undoChanges.ts';
import { undoLastChange } from './undoLastChange.ts';
import { unignoreFinding } from './unignoreFinding.ts';
import { unpinGroup } from './unpinGroup.ts';

/** Every command there is; each is in the manifest, too. */
export const commands: readonly Command[] = [
  addTenant,
  editTenant,
  removeTenant,
  deleteLoadedData,
  openSampleTenants,
  removeSampleTenants,
  refresh,
  retry,
  cancelLoad,
  loadMore,
  showAll,
  loadAll,
  find,
  showAccess,
  chooseAccess,
  compareAccess,
  clearAccess,
  copyAccess,
  copyAccessAsJson,
  exportShownAccess,
  showInTenants,
  filterGroups,
  filterMembers,
  clearFilter,
  pinGroup,
  unpinGroup,
  copyId,
  copyName,
  copyEmail,
  copyAsJson,
  exportAccess,
  refreshFindings,
  loadMoreFindings,
  ignoreFinding,
  unignoreFinding,
  exportFindings,
  openReport,
  takeSnapshot,
  compareSnapshots,
  deleteSnapshots,
  allowChanges,
  makeReadOnly,
  addMember,
  changeAccessRight,
  removeMember,
  copyToGroup,
  giveSameAccess,
  removeEverywhere,
  createGroup,
  renameGroup,
  deleteGroup,
  restoreGroup,
  refreshUserPermissions,
  newAccessFile,
  previewAccessFile,
  applyAccessFile,
  showChangeLog,
  undoLastChange,
  undoChanges,
  resumeChanges,
  openInPortal,
  showDetails,
  showLog,
  signIn,
  signOut,
];
